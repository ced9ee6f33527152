import { route } from "@react-router/dev/routes";

export default [route("api/centerfy/*", "routes/centerfy.js")];
