/** What the build makes of `server.ts` for `require`; its types are those of `public.d.ts`. */
declare module "*/server.cjs" {
  export const Centerfy: unknown;
  export const CenterfyError: unknown;
}
