export const listen = (server) => {
  const listening = server.listen(0, "127.0.0.1", () => announce(listening.address().port));
};

export const announce = (port, scheme = "http") => console.log(`listening on ${scheme}://127.0.0.1:${port}`);
