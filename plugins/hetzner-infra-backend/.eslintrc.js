const layers = require('../../.eslint/layers')(__dirname);

/** The rooms of this package. Each may import those before it, so that none is in a circle. */
const rooms = [
  'database',
  'sealing',
  'clouds',
  'bootstrap',
  'resources',
  'connections',
  'operations',
  'environments',
  'costs',
  'announcements',
  'sweeps',
  'router',
];

const inTheirOrder = [
  'error',
  {
    basePath: __dirname,
    zones: rooms.slice(0, -1).map((room, index) => ({
      target: `./src/${room}`,
      from: rooms.slice(index + 1).map(later => `./src/${later}`),
      message: `${room} comes before it, see .eslintrc.js: move what both need to a room before them.`,
    })),
  },
];

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  ...layers,
  settings: {
    ...layers.settings,
    'import/resolver': { node: { extensions: ['.ts', '.js'] } },
  },
  rules: { ...layers.rules, 'import/no-restricted-paths': inTheirOrder },
  overrides: [
    ...layers.overrides,
    {
      files: ['**/*.test.ts'],
      rules: { 'import/no-restricted-paths': 'off' },
    },
  ],
});
