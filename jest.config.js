export default {
  testEnvironment: '@siaga/testing/environment',
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons', 'siaga-source'] },
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.nx/', '<rootDir>/.siaga/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest'] },
  transformIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
  reporters: ['default', './libs/testing/src/closing-totals.reporter.js'],
};
