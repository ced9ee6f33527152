/** The CommonJS build of `server.ts`; `public.d.ts` has its types. */
declare module "*/server.cjs" {
  export const Centerfy: unknown;
  export const CenterfyError: unknown;
}
