module.exports = { globalSetup: './global-setup.mjs', globalTeardown: './global-teardown.mjs' };
