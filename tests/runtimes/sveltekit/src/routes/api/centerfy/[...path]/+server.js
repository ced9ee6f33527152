import { json } from "@sveltejs/kit";

export const GET = async ({ params }) => json({ id: params.path });
