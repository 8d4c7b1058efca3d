import { styleText } from 'node:util';
import { type Bill, cost, type Usage } from './bill.ts';
import { PRICES } from './prices.ts';

const LINES: readonly { label: string; quantity: (usage: Usage) => number; price: number; digits?: number }[] = [
  { label: 'state transitions', quantity: ({ stateTransitions }) => stateTransitions, price: PRICES.stateTransition },
  { label: 'Lambda requests', quantity: ({ lambdaRequests }) => lambdaRequests, price: PRICES.lambdaRequest },
  {
    label: 'Lambda GB-seconds',
    quantity: ({ lambdaGigabyteSeconds }) => lambdaGigabyteSeconds,
    price: PRICES.lambdaGigabyteSecond,
    digits: 2,
  },
  { label: 'table write units', quantity: ({ tableWriteUnits }) => tableWriteUnits, price: PRICES.tableWriteUnit },
  {
    label: 'table read units',
    quantity: ({ tableReadUnits }) => tableReadUnits,
    price: PRICES.tableReadUnit,
    digits: 1,
  },
  { label: 'queue requests', quantity: ({ queueRequests }) => queueRequests, price: PRICES.queueRequest },
];

/** The bill as a table: what the engine used, what the hosts' agents used, and what AWS would ask for it. */
export function renderBill(bill: Bill): string {
  const header = `   ${''.padEnd(20)}${'engine'.padStart(10)}${'agents'.padStart(10)}${'on AWS'.padStart(14)}`;
  const rows = LINES.map(({ label, quantity, price, digits = 0 }) => {
    const engine = quantity(bill.engine);
    const hosts = quantity(bill.hosts);
    const figures = `${engine.toFixed(digits).padStart(10)}${hosts.toFixed(digits).padStart(10)}`;
    return `   ${label.padEnd(20)}${figures}${usd((engine + hosts) * price).padStart(14)}`;
  });
  const total = `   ${'total'.padEnd(20)}${usd(cost(bill.engine)).padStart(10)}${usd(cost(bill.hosts)).padStart(10)}${usd(bill.totalUsd).padStart(14)}`;
  const each = `   ${bill.deployments} deployments: ${usd(bill.usdPerDeployment)} each, ${usd(bill.usdPerDeployment * 1000)} per thousand`;
  return [styleText('dim', header), ...rows, styleText('bold', total), each].join('\n');
}

function usd(amount: number): string {
  return `$${amount < 0.01 ? amount.toFixed(6) : amount.toFixed(4)}`;
}
