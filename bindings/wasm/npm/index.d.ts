// `export *` leaves the default export out: nobody has to start the module.
export * from "./eccentric.js";
