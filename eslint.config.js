import js from '@eslint/js';
import globals from 'globals';

const PAGE = 'src/main/resources/page/js';

/** Modules that use neither the DOM nor the network, so that tests can import them in Node. */
const PURE = ['series', 'format', 'search', 'feature-lines'].map(name => `${PAGE}/${name}.js`);

const NO_HTML = 'Labels are free text from strangers: use element() of dom.js, which sets text only.';

export default [
  { ignores: ['bench/peers/', 'target/'] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]', message: NO_HTML },
        { selector: 'CallExpression[callee.property.name="insertAdjacentHTML"]', message: NO_HTML },
      ],
    },
  },
  { files: [`${PAGE}/*.js`], ignores: PURE, languageOptions: { globals: globals.browser } },
  // Runs before the page is painted, so it is a classic script.
  { files: [`${PAGE}/theme.js`], languageOptions: { sourceType: 'script' } },
  { files: ['src/test/js/*.js', 'bench/**/*.js', '.ci/*.js'], languageOptions: { globals: globals.node } },
];
