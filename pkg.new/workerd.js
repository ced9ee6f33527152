import{a as o,b as r}from"./deployed.js";import e from"./centerfy.wasm";var f=r(()=>e);export{f as Centerfy,o as CenterfyError};
