import { strict } from '../shared/eslint.config.mjs';

export default [...strict, { ignores: ['index.js'] }];
