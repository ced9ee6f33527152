import { check } from "../../../check.mjs";

export const dynamic = "force-dynamic";

export const GET = async () => Response.json(await check());
