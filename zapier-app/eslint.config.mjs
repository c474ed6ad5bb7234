import shared from '../shared/eslint.config.mjs';

// This is a host, so it may use what `shared` must reach through a port.
const host = { rules: { 'no-restricted-globals': 'off', 'no-restricted-imports': 'off' } };
export default [...shared, { ignores: ['index.js'] }, host];
