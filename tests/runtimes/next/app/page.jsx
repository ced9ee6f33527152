"use client";

import { useEffect } from "react";
import { Centerfy } from "centerfy";
import { page } from "../page.mjs";

// A client component is rendered on the server first, where a path leads nowhere yet: that is a
// matter of its calls.
export const centerfy = new Centerfy({ baseUrl: "/api/centerfy" });

let checking;

export default function Page() {
  // Once: in development React runs each effect twice.
  useEffect(() => {
    checking ??= page({ worker: () => new Worker(new URL("../worker.mjs", import.meta.url), { type: "module" }) });
  }, []);
  return <h1>centerfy</h1>;
}
