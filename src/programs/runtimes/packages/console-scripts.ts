// Commands that projects of PyPI bring: `project: command…`; a line without a colon brings one of its own name.
const rows = `
alembic
ansible: ansible ansible-playbook ansible-galaxy
awscli: aws
black
celery
coverage
daphne
django: django-admin
ddtrace: ddtrace-run
debugpy: debugpy
elastic-apm: elasticapm-run
fastapi: fastapi
fastapi-cli: fastapi
flake8
flask
gevent:
gunicorn
hatch
httpie: http https
hypercorn
isort
ipython: ipython ipython3
jupyter: jupyter
jupyterlab: jupyter-lab jupyter-labhub
locust
mkdocs
mypy: mypy dmypy
newrelic: newrelic-admin
nltk
opentelemetry-instrumentation: opentelemetry-instrument opentelemetry-bootstrap
pdm
pip-tools: pip-compile pip-sync
pipenv
poetry
poethepoet: poe
pre-commit
prefect
pylint
pyright
pytest: pytest py.test
rq
ruff
scrapy
sphinx: sphinx-build
streamlit
supervisor: supervisord supervisorctl echo_supervisord_conf
tox
twine
uv: uv uvx
uvicorn
uwsgi
virtualenv
waitress: waitress-serve
watchdog: watchmedo
wheel
yt-dlp
`;

/** Package managers that are programs of their own here. */
const programs = new Set(['poetry', 'pipenv', 'uv', 'uvx']);

/** The commands of a project, by its name as PyPI compares it, each with the program that it is. */
export function consoleScripts(key: string): readonly (readonly [command: string, program: string])[] {
  for (const row of rows.trim().split('\n')) {
    const [name = '', commands] = row.split(':');
    if (name !== key) continue;
    const all =
      commands === undefined
        ? [name]
        : commands
            .trim()
            .split(' ')
            .filter((one) => one !== '');
    return all.map((one) => [one, programs.has(one) ? one : 'python-tool']);
  }
  return [];
}
