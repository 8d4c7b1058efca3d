import { describe, expect, it } from 'vitest';
import { pickTargetGroup } from '../../../rehearsal/load-balancing/routing/action.ts';
import { meets, type Condition, type RequestView } from '../../../rehearsal/load-balancing/routing/condition.ts';
import { redirectLocation } from '../../../rehearsal/load-balancing/routing/redirect.ts';

const request: RequestView = {
  method: 'GET',
  path: '/shop/cart',
  host: 'Shop.example.com:8080',
  query: new URLSearchParams('version=2'),
  header: (name) => ({ 'x-beta': 'Yes' })[name.toLowerCase()],
};

describe('A condition', () => {
  it.each<[string, Condition, boolean]>([
    ['a path with wildcards', { Field: 'path-pattern', PathPatternConfig: { Values: ['/shop/*'] } }, true],
    ['a path in the old form', { Field: 'path-pattern', Values: ['/admin/*'] }, false],
    [
      'a host without regard to case and port',
      { Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } },
      true,
    ],
    ['a method', { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST'] } }, false],
    ['a header', { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Beta', Values: ['yes'] } }, true],
    ['a query', { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'version', Value: '?' }] } }, true],
  ])('looks at %s', (_, condition, expected) => {
    expect(meets(request, condition)).toBe(expected);
  });
});

describe('A redirect', () => {
  it('keeps what it does not name', () => {
    const location = redirectLocation(
      {
        type: 'redirect',
        StatusCode: 'HTTP_301',
        Protocol: 'HTTPS',
        Host: '#{host}',
        Port: '443',
        Path: '/#{path}',
        Query: '#{query}',
      },
      request,
    );

    expect(location).toBe('https://Shop.example.com:443/shop/cart?version=2');
  });
});

describe('Weighted target groups', () => {
  it('take turns by their weight', () => {
    const groups = [
      { TargetGroupArn: 'blue', Weight: 2 },
      { TargetGroupArn: 'green', Weight: 1 },
      { TargetGroupArn: 'dark', Weight: 0 },
    ];

    const picked = [0, 1, 2, 3].map((turn) => pickTargetGroup(groups, turn));

    expect(picked).toEqual(['blue', 'blue', 'green', 'blue']);
  });
});
