/**
 * Import directions of docs/architecture: what may import what. Read by dependency-cruiser; `boundaries.spec.ts` plants
 * violations and sees each refused.
 */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only ${allowed.join(', ')} among our packages`,
  from: { path: `^(${from})/src`, pathNot: '(\\.(spec|e2e)\\.tsx?$)|(/conformance\\.ts$)|(\\.harness\\.ts$)' },
  to: { path: '^(libs|apps)/', pathNot: `^(${[from, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      comment: 'declare it in the package.json of the package that imports it',
      from: { pathNot: '^(checks|bench|tests)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'nothing-imports-an-app',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^$1/$2/' },
    },
    {
      name: 'only-tests-import-testing',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: '(\\.(spec|e2e)\\.tsx?$)|(/conformance\\.ts$)|(\\.harness\\.ts$)|(^apps/wall/e2e/)|^libs/testing/',
      },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'only-specs-import-a-harness',
      severity: 'error',
      comment: 'a *.harness.ts is what specs of one package share; it is not built',
      from: { pathNot: '\\.spec\\.tsx?$' },
      to: { path: '\\.harness\\.ts$' },
    },
    {
      name: 'no-way-round-the-door',
      severity: 'error',
      comment: 'import a lib by its name, never a file inside it',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot:
          '^(libs/[^/]+/src/index\\.ts$)|^libs/service/src/(config|principal|city-records)\\.ts$|^libs/identity/src/chain-check\\.ts$|^libs/streets/src/folder\\.ts$|^$1/$2/',
      },
    },
    {
      name: 'mongoose-only-in-stores',
      severity: 'error',
      from: { path: '^apps/', pathNot: '(\\.store\\.ts$)|(\\.spec\\.ts$)|(\\.harness\\.ts$)' },
      to: { path: 'node_modules/mongoose/' },
    },
    {
      name: 'kafkajs-only-in-bus',
      severity: 'error',
      from: { pathNot: '^libs/(bus|testing)/' },
      to: { path: 'node_modules/kafkajs/' },
    },
    only('contracts-stand-alone', 'libs/contracts', []),
    only('geo', 'libs/geo', ['libs/contracts']),
    only('live', 'libs/live', ['libs/contracts', 'libs/geo']),
    only('engine', 'libs/engine', ['libs/contracts']),
    only('registers', 'libs/registers', ['libs/contracts']),
    only('streets', 'libs/streets', ['libs/contracts', 'libs/geo']),
    only('service', 'libs/service', ['libs/contracts', 'libs/geo']),
    only('bus', 'libs/bus', ['libs/contracts', 'libs/geo', 'libs/service', 'libs/engine']),
    only('store', 'libs/store', ['libs/contracts', 'libs/geo', 'libs/service', 'libs/bus']),
    only('identity', 'libs/identity', ['libs/(contracts|service|bus)']),
    only('services', 'apps/(waste|street|gateway|identity|alarms|emergency)', [
      'libs/(contracts|geo|service|bus|store|registers|identity|streets)',
    ]),
    only('wall', 'apps/wall', ['libs/contracts', 'libs/geo', 'libs/live']),
    only('simulator', 'apps/simulator', ['libs/contracts', 'libs/geo']),
    only('city', 'apps/city', ['libs/(contracts|geo|bus|engine|service|identity|streets)']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.nx|\\.siaga|\\.cache)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['siaga-source', 'import', 'node', 'default', 'types'],
    },
  },
};
