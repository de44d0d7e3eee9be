export { trusted } from 'mongoose';
export {
  defineCollection,
  stateOf,
  type Collection,
  type CollectionIndex,
  type CollectionSettings,
  type Kept,
  type State,
  type Stored,
} from './collection.ts';
export { databaseOf } from './cities.ts';
export { emission, type Emission } from './outbox-entries.ts';
export { Store, type Change } from './store.ts';
export { StoreModule, type StoreSettings } from './store.module.ts';
