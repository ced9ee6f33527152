import { NextResponse } from "next/server";
import { check } from "./check.mjs";

export const config = { matcher: "/api/middleware" };

export const middleware = async () => NextResponse.json(await check());
