/** @type {import('@commitlint/types').UserConfig} */
export default {
  rules: {
    'header-max-length': [2, 'always', 72],
    'header-full-stop': [2, 'never', '.'],
  },
};
