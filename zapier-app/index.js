// Zapier's CLI requires the entry point in this file.
module.exports = require('./dist/index.js');
