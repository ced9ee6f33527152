export default { test: { globals: true, setupFiles: ["./faked.mjs"] } };
