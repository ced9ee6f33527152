import { json } from "@sveltejs/kit";
import { check } from "../../../check.mjs";

export const GET = async () => json(await check());
