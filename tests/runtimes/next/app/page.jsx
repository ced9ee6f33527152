"use client";

import { useEffect } from "react";
import { page } from "../page.mjs";

export default function Page() {
  useEffect(() => {
    page({ worker: () => new Worker(new URL("../worker.mjs", import.meta.url), { type: "module" }) });
  }, []);
  return <h1>centerfy</h1>;
}
