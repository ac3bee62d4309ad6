import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostClass } from '../../server/src/core/network/dns-names';
import { addressLabel, classifyName, dashedAddress } from '../../server/src/core/network/dns-names';

const classify = (host: string) => classifyName(host, 'cluster.local');

function words(of: HostClass): string {
  if (of.form === 'external') return 'external';
  if (of.form === 'foreign') return `foreign ${of.service} ${of.namespace} ${of.domain}`;
  if (of.form === 'pod')
    return `pod ${of.ip ?? '-'} ${of.namespace ?? '-'} ${of.domain ?? '-'} ${of.problem ?? 'fine'}`;
  const front = of.port === undefined ? (of.endpoint ?? '-') : `${of.port}/${of.protocol ?? '?'}`;
  return `${front} ${of.service} ${of.namespace ?? '-'} ${of.tail}${of.or ? ` or ${words(of.or)}` : ''}`;
}

const hosts: Readonly<Record<string, string>> = {
  web: '- web - name',
  'web.shop': '- web shop namespace or web shop - name',
  'web.shop.svc': '- web shop svc',
  'web.shop.svc.cluster.local': '- web shop domain',
  'WEB.Shop.svc.Cluster.Local.': '- web shop domain',
  'web-0.web.shop.svc': 'web-0 web shop svc',
  'web-0.web.shop': 'web-0 web shop namespace',
  '_http._tcp.web.shop.svc.cluster.local': 'http/tcp web shop domain',
  '_http._tcp.web': 'http/tcp web - name',
  '_http._tcp.web.shop': 'http/tcp web shop namespace',
  'web.svc': '- web svc namespace or web svc - name',
  'web.svc.cluster.local': 'external',
  'a.b.web.shop.svc.cluster.local': 'external',
  'web.shop.svc.cluster.loca': 'foreign web shop cluster.loca',
  'web-0.web.shop.svc.other.example': 'foreign web shop other.example',
  'web.': 'external',
  'web.shop.svc.': 'external',
  'example.com.': 'external',
  'api.eu.example.com': 'external',
  'svc.example.com': 'svc example com namespace',
  '10.0.0.1': 'external',
  'fd00::1': 'external',
  localhost: 'external',
  'not a host': 'external',
  '': 'external',
  '10-0-0-1.shop.pod.cluster.local': 'pod 10.0.0.1 shop cluster.local fine',
  '10-0-0-1.shop.pod': 'pod 10.0.0.1 shop - fine',
  'fd00--7.shop.pod.cluster.local': 'pod fd00::7 shop cluster.local fine',
  '10-0-0-1.pod.cluster.local': 'pod 10.0.0.1 - cluster.local no-namespace',
  '10.0.0.1.shop.pod.cluster.local': 'pod 10.0.0.1 shop cluster.local dots',
  '10.0.0.1.pod.cluster.local': 'pod 10.0.0.1 - cluster.local dots',
  'web-0.shop.pod.cluster.local': 'pod - shop cluster.local no-address',
  '10-0-0-1.shop.pod.cluster.corp': 'pod 10.0.0.1 shop cluster.corp domain',
  '10-0-0-1.shop.pod.example.com': 'external',
  'cdn.pod.example.com': 'external',
  'api.pod': '- api pod namespace or api pod - name',
  '10-0-0-1.web.pod.svc.cluster.local': '10-0-0-1 web pod domain',
};

void test('the form of a host name', () => {
  for (const [host, expected] of Object.entries(hosts)) assert.equal(words(classify(host)), expected, host);
});

void test('another cluster domain', () => {
  assert.equal(words(classifyName('web.shop.svc.k8s.corp', 'k8s.corp.')), '- web shop domain');
  assert.equal(words(classifyName('web.shop.svc.cluster.local', 'k8s.corp')), 'foreign web shop cluster.local');
  assert.equal(
    words(classifyName('10-0-0-1.shop.pod.cluster.local', 'k8s.corp')),
    'pod 10.0.0.1 shop cluster.local domain',
  );
});

void test('addresses with dashes', () => {
  assert.equal(dashedAddress('172-0-0-3'), '172.0.0.3');
  assert.equal(dashedAddress('5678-abcd--1'), '5678:abcd::1');
  assert.equal(dashedAddress('1-2-3'), undefined);
  assert.equal(dashedAddress('web-0'), undefined);
  assert.equal(addressLabel('5678:abcd::1'), '5678-abcd--1');
});
