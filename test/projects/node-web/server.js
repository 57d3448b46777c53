const express = require('express');
const { berths, free } = require('./lib/berths');

const app = express();
const port = process.env.PORT || 3000;

app.use(express.json());
app.use((req, res, next) => {
  console.log(`${req.method} ${req.url}`);
  next();
});

app.get('/', (req, res) => {
  res.send(`${free().length} of ${berths.length} berths are free\n`);
});

app.get('/berths', (req, res) => {
  res.json(berths);
});

app.get('/berths/:id', (req, res) => {
  const berth = berths.find(({ id }) => id === Number(req.params.id));
  if (!berth) return res.status(404).json({ error: `no berth ${req.params.id}` });
  res.json(berth);
});

app.post('/berths/:id', (req, res) => {
  const berth = berths.find(({ id }) => id === Number(req.params.id));
  if (!berth) return res.sendStatus(404);
  berth.ship = req.body.ship ?? null;
  res.status(201).json(berth);
});

app.listen(port, () => console.log(`berth planner on port ${port}`));
