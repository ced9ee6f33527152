"use client";

import { useEffect } from "react";
import { page } from "../page.mjs";

let checking;

export default function Page() {
  // Once: in development React runs each effect twice.
  useEffect(() => {
    checking ??= page({ worker: () => new Worker(new URL("../worker.mjs", import.meta.url), { type: "module" }) });
  }, []);
  return <h1>centerfy</h1>;
}
