import { TestEnvironment } from 'jest-environment-node';

/**
 * Node's test environment, with one repair: under vm modules each test file has its own realm, and what Node's own
 * modules create (file and fetch errors, promises, structured clones) belongs to the outer realm, so `instanceof` inside
 * the test says no. Each inner class gets a `Symbol.hasInstance` that also accepts its outer twin.
 */
export default class SiagaEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    const shared = [
      'Error',
      'TypeError',
      'RangeError',
      'SyntaxError',
      'Date',
      'Map',
      'Set',
      'Promise',
      'RegExp',
      'Array',
      'Object',
      'ArrayBuffer',
      'Uint8Array',
    ];
    for (const name of shared) acceptOuter(this.global[name], globalThis[name]);
  }
}

/** `value instanceof inner` is true for instances of either realm's class, and unchanged for subclasses of `inner`. */
function acceptOuter(inner, outer) {
  if (inner === outer) return;
  const ordinary = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(inner, Symbol.hasInstance, {
    configurable: true,
    value(candidate) {
      return ordinary.call(this, candidate) || (this === inner && ordinary.call(outer, candidate));
    },
  });
}
