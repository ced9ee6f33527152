import{a as o,b as r}from"./deployed.js";import e from"./centerfy.wasm?module";var f=r(()=>e);export{f as Centerfy,o as CenterfyError};
