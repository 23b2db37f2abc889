// Preloaded with --require: the binary of sharp cannot be loaded, as where a library below it is missing.
const Module = require('node:module');

const load = Module._load;
Module._load = function loadUnlessSharp(name, ...rest) {
  if (/^@img\/sharp-/.test(name)) throw new Error('libvips-cpp.so: cannot open shared object file');
  return load.call(this, name, ...rest);
};
