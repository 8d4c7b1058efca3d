import { z } from 'zod';
import { zoneId, zonesOf } from '../availability-zones.ts';
import { operation } from '../operation.ts';

/** The three zones of the Region. */
export const describeAvailabilityZones = operation(z.object({}), (_, { region }) => ({
  availabilityZoneInfo: zonesOf(region).map((zoneName) => ({
    zoneName,
    zoneId: zoneId(zoneName),
    zoneState: 'available',
    regionName: region,
    optInStatus: 'opt-in-not-required',
    groupName: region,
    zoneType: 'availability-zone',
  })),
}));
