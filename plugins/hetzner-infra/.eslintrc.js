const layers = require('../../.eslint/layers')(__dirname);

/** The rooms of this package. Each may import those before it; the last ones belong together. */
const rooms = [
  ['translation'],
  ['words'],
  ['api'],
  ['ui'],
  ['components', 'fields', 'entity'],
];

const inTheirOrder = [
  'error',
  {
    basePath: __dirname,
    zones: rooms.slice(0, -1).map(([room], index) => ({
      target: `./src/${room}`,
      from: rooms
        .slice(index + 1)
        .flat()
        .map(later => `./src/${later}`),
      message: `${room} comes before it, see .eslintrc.js: move what both need to a room before them.`,
    })),
  },
];

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  ...layers,
  settings: {
    ...layers.settings,
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
  rules: { ...layers.rules, 'import/no-restricted-paths': inTheirOrder },
  overrides: [
    ...layers.overrides,
    {
      files: ['**/*.test.ts', '**/*.test.tsx'],
      rules: { 'import/no-restricted-paths': 'off' },
    },
  ],
});
