import { proxy } from "../../../../proxy.mjs";

export { proxy as GET, proxy as POST, proxy as PUT, proxy as OPTIONS };
