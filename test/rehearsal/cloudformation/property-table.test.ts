import { expect, it } from 'vitest';

import { type PropertyTable, undeclared } from '../../../rehearsal/cloudformation/property-table.ts';

const table: PropertyTable = {
  honoured: ['Name', 'Data.Image', 'Targets.Arn'],
  withoutEffect: { 'nobody is billed': ['Tags'] },
};

it('a name stands for everything below it', () => {
  expect(undeclared({ Name: { First: 'a' }, Tags: [{ Key: 'a' }] }, table)).toEqual([]);
});

it('what no table says anything of is named, in lists and objects too', () => {
  const properties = {
    Colour: 'red',
    Data: { Image: 'ami', Size: 1 },
    Targets: [{ Arn: 'a' }, { Arn: 'b', Role: 'c' }],
  };

  expect(undeclared(properties, table)).toEqual(['Colour', 'Data.Size', 'Targets.Role']);
});

it('intrinsic functions are looked through', () => {
  const chosen = { 'Fn::If': ['Large', { Image: 'ami', Size: 1 }, { Ref: 'AWS::NoValue' }] };

  expect(undeclared({ Data: chosen, Name: { 'Fn::GetAtt': ['A', 'B'] } }, table)).toEqual(['Data.Size']);
});
