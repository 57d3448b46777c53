const berths = [
  { id: 1, ship: 'Aurora' },
  { id: 2, ship: null },
  { id: 3, ship: 'Calypso' },
];

exports.berths = berths;
exports.free = () => berths.filter(({ ship }) => ship === null);
