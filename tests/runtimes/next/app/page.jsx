"use client";

import { useEffect } from "react";
import { Centerfy } from "centerfy";
import { page } from "../page.mjs";

// A client component is first rendered on the server, where a relative URL does not resolve: only
// calls need it.
export const centerfy = new Centerfy({ baseUrl: "/api/centerfy" });

let checking;

export default function Page() {
  // Once: in development React runs each effect twice.
  useEffect(() => {
    checking ??= page({ worker: () => new Worker(new URL("../worker.mjs", import.meta.url), { type: "module" }) });
  }, []);
  return <h1>centerfy</h1>;
}
