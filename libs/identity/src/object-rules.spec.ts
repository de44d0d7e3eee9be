import { describe, expect, it } from '@jest/globals';
import { Agency, roles, type Role } from '@siaga/contracts';
import fc from 'fast-check';
import { mayManage, scopeOf, type Administered } from './object-rules.ts';

const someAgencies = fc.uniqueArray(fc.constantFrom(...Agency.options));
const someRoles = fc.uniqueArray(fc.constantFrom(...roles));
const anybody = fc.record({ agencies: someAgencies, roles: someRoles });
const without = (...taken: Role[]) =>
  anybody.map((one) => ({ ...one, roles: one.roles.filter((role) => !taken.includes(role)) }));
const cityAdmin = anybody.map((one) => ({ ...one, roles: [...one.roles, 'city-admin' as const] }));
const agencyAdmin = without('city-admin').map((one) => ({ ...one, roles: [...one.roles, 'agency-admin' as const] }));

/** Mostly of agencies of that one, so that rules about own agencies are met often. */
const within = (admin: Administered, somebody: typeof anybody) =>
  somebody.chain((one) =>
    fc.record({ agencies: fc.oneof(fc.subarray([...admin.agencies]), someAgencies), roles: fc.constant(one.roles) }),
  );

describe('whom somebody administers', () => {
  it('a city’s administrator: everybody', () => {
    fc.assert(fc.property(cityAdmin, anybody, (admin, one) => mayManage(admin, one)));
  });

  it('who is no administrator: nobody, not even himself', () => {
    fc.assert(
      fc.property(without('city-admin', 'agency-admin'), anybody, (asker, one) => {
        expect([mayManage(asker, one), mayManage(asker, asker)]).toEqual([false, false]);
      }),
    );
  });

  it('an agency’s administrator: who is of his agencies only, and holds no city-admin', () => {
    fc.assert(
      fc.property(agencyAdmin, anybody, (admin, one) => {
        const isWithin = one.agencies.length > 0 && one.agencies.every((agency) => admin.agencies.includes(agency));
        expect(mayManage(admin, one)).toBe(isWithin && !one.roles.includes('city-admin'));
      }),
    );
  });

  it('who was made by somebody administers nobody whom that one could not administer', () => {
    const nested = agencyAdmin.chain((admin) =>
      fc.record({ admin: fc.constant(admin), made: within(admin, agencyAdmin), third: within(admin, anybody) }),
    );
    fc.assert(
      fc.property(nested, ({ admin, made, third }) => {
        if (mayManage(admin, made) && mayManage(made, third)) expect(mayManage(admin, third)).toBe(true);
      }),
    );
  });

  it('one more agency, or city-admin, never brings somebody within reach', () => {
    fc.assert(
      fc.property(agencyAdmin, anybody, fc.constantFrom(...Agency.options), (admin, one, agency) => {
        fc.pre(one.agencies.length > 0 && !mayManage(admin, one));
        expect(mayManage(admin, { ...one, agencies: [...one.agencies, agency] })).toBe(false);
        expect(mayManage(admin, { ...one, roles: [...one.roles, 'city-admin'] })).toBe(false);
      }),
    );
  });

  it('a query for the scope finds exactly those', () => {
    fc.assert(
      fc.property(anybody, fc.array(anybody.filter(({ agencies }) => agencies.length > 0)), (admin, items) => {
        const mine = items.filter((item) => mayManage(admin, item));
        expect(items.filter((item) => isInScope(scopeOf(admin), item))).toEqual(mine);
      }),
    );
  });
});

/** What a document store does with `{ agencies: { $nin }, roles: { $nin } }`. */
function isInScope(scope: ReturnType<typeof scopeOf>, { agencies, roles: held }: Administered): boolean {
  if (typeof scope === 'string') return scope === 'everybody';
  return (
    !scope.foreignAgencies.some((agency) => agencies.includes(agency)) &&
    !scope.foreignRoles.some((role) => held.includes(role))
  );
}
