import { sessionOf } from "../session";

/** The login of the app. Here, a name is enough; your app requires a password. */
export async function POST(request: Request) {
  const name = String((await request.formData()).get("name") ?? "").trim().slice(0, 100);
  if (!name) return new Response("Who are you?", { status: 400 });
  const secure = request.headers.get("x-forwarded-proto") === "https" ? "; Secure" : "";
  const cookie = `session=${sessionOf(name)}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax${secure}`;
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": cookie } });
}
