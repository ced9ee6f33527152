const { rewrites, ...config } = JSON.parse(process.env.MOUNT_CONFIG);

export default { ...config, rewrites: async () => rewrites ?? [] };
