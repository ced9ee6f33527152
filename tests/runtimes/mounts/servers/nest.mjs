import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { toNodeHandler } from "centerfy/proxy/node";
import { announce } from "./listen.mjs";
import { proxy } from "./proxy.mjs";

const handler = toNodeHandler(proxy);

class AppModule {}
Module({})(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
app.use("/api/centerfy", handler);
await app.listen(0, "127.0.0.1");
announce(app.getHttpServer().address().port);
