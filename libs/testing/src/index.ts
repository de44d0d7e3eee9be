export { startTestProcess, type TestProcess } from './child-process.ts';
export { startEngineProcess, type EngineProcess } from './engine-process.ts';
export { CityRefused, startTestCity, type TestCity } from './city.ts';
export { eventually } from './eventually.ts';
export { randomCities, startTestEngine, type TestEngine } from './test-engine.ts';
export { startReferenceMongo, type ReferenceMongo } from './reference-mongo/start.ts';
export { xlsxOf, zipOf } from './zip.ts';
export { startKafka } from './kafka/start.ts';
export type { TestKafka } from './kafka/test-kafka.ts';
