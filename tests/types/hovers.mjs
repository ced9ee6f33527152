export const hovers = async () => [];
