// Zapier's entry point must stand here; its CLI looks for no other place.
module.exports = require('./dist/index.js');
