import node from "@astrojs/node";
import { defineConfig } from "astro/config";

export default defineConfig({ adapter: node({ mode: "standalone" }), ...JSON.parse(process.env.MOUNT_CONFIG) });
