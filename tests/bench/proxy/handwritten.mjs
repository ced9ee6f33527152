/** A ten-line proxy as apps often have: it adds the key, removes a path prefix, and forwards the body. */
export const handwritten = ({ apiKey, baseUrl, path, fetch }) => async (request) => {
  const { pathname, search } = new URL(request.url);
  const response = await fetch(baseUrl + pathname.slice(path.length) + search, {
    method: request.method,
    headers: { "x-api-key": apiKey, "content-type": "application/json" },
    body: request.method === "GET" ? undefined : await request.text(),
  });
  const headers = { "content-type": "application/json" };
  return new Response(response.body, { status: response.status, headers });
};
