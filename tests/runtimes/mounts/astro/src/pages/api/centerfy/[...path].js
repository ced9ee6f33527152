import { proxy } from "../../../../proxy.mjs";

export const prerender = false;
export const ALL = ({ request }) => proxy(request);
