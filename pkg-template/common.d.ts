/** What the build makes of `index.ts` for `require`; its types are those of `public.d.ts`. */
declare module "*/index.cjs" {
  export const Centerfy: unknown;
  export const CenterfyError: unknown;
}
