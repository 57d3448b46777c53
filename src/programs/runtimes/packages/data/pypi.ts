// The newest releases in 2026: project, version, bytes of the wheel for CPython 3.11 on x86-64, bytes installed, the
// wheel's tag (- for py3-none-any), what it needs there.
export const pypiRows = `
  aiohappyeyeballs 2.7.1 15038 40006 -
  aiohttp 3.14.3 1786220 6465450 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64 aiohappyeyeballs aiosignal attrs frozenlist multidict propcache typing-extensions yarl
  aiosignal 1.4.0 7490 17188 - frozenlist typing-extensions
  annotated-doc 0.0.5 5302 9515 -
  annotated-types 0.8.0 13427 36347 -
  anyio 4.15.1 132079 539217 - idna typing-extensions
  asgiref 3.12.1 25478 77147 -
  attrs 26.1.0 67548 233691 -
  blinker 1.9.0 8458 24487 -
  boto3 1.43.107 140043 990797 - botocore jmespath s3transfer
  botocore 1.43.107 16002666 20526353 - jmespath python-dateutil urllib3
  celery 5.6.3 451235 1502070 - billiard kombu vine click click-didyoumean click-repl click-plugins python-dateutil tzlocal
  certifi 2026.7.22 136983 248921 -
  charset-normalizer 3.5.2 269972 782449 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64
  click 8.5.0 125251 447719 -
  cloudpickle 3.1.2 22228 68989 -
  contourpy 1.3.3 355238 1065282 cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64 numpy
  cycler 0.12.1 8321 22614 -
  Django 5.2.17 8315563 23410777 - asgiref sqlparse
  fastapi 0.142.2 144409 866243 - starlette pydantic typing-extensions typing-inspection annotated-doc opentelemetry-api
  Flask 3.1.3 103424 344768 - blinker click itsdangerous jinja2 markupsafe werkzeug
  fonttools 4.66.1 5447695 23274759 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64
  frozenlist 1.8.0 231067 788006 cp311-cp311-manylinux1_x86_64.manylinux_2_28_x86_64.manylinux_2_5_x86_64
  gunicorn 26.2.0 228389 829524 -
  h11 0.16.0 37515 103935 -
  httpcore 1.0.9 78784 288016 - certifi h11
  httpx 0.28.1 73517 295303 - anyio certifi httpcore idna
  idna 3.20 69583 342091 -
  iniconfig 2.3.0 7484 18335 -
  itsdangerous 2.2.0 16234 46856 -
  Jinja2 3.1.6 134899 496892 - markupsafe
  jmespath 1.1.0 20419 70223 -
  joblib 1.6.0 306115 921902 - cloudpickle
  kiwisolver 1.5.1 1438206 5588394 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64
  markdown-it-py 4.2.0 91687 244684 - mdurl
  MarkupSafe 3.0.3 22940 67052 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64
  matplotlib 3.11.2 9854405 24985774 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64 contourpy cycler fonttools kiwisolver numpy packaging pillow pyparsing python-dateutil
  mdurl 0.1.2 9979 23308 -
  multidict 6.9.1 320663 1114640 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64
  narwhals 2.26.0 474034 2023723 -
  numpy 2.4.6 16918164 57360224 cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64
  opentelemetry-api 1.45.0 60020 195767 - typing-extensions
  packaging 26.3 129956 499179 -
  pandas 3.0.6 11108900 39048646 cp311-cp311-manylinux_2_24_x86_64.manylinux_2_28_x86_64 numpy python-dateutil tzdata
  pillow 12.3.0 6934408 19639736 cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64
  pluggy 1.6.0 20538 65823 -
  propcache 0.5.4 235381 815295 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64
  psycopg2-binary 2.9.13 4281172 11750446 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64
  pydantic 2.13.5 472589 1893945 - annotated-types pydantic-core typing-extensions typing-inspection
  pydantic_core 2.46.5 2062091 5012132 cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64 typing-extensions
  Pygments 2.21.0 1250147 4621166 -
  pyparsing 3.3.3 126420 489016 -
  pytest 9.1.1 386536 1363441 - iniconfig packaging pluggy pygments
  python-dateutil 2.9.0.post0 229892 441579 py2.py3-none-any six
  python-dotenv 1.2.4 23266 65897 -
  PyYAML 6.0.3 806638 2874560 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64
  redis 8.1.0 560618 2599760 -
  requests 2.34.2 73075 234397 - charset-normalizer idna urllib3 certifi
  rich 15.0.0 310654 1245816 - markdown-it-py pygments
  s3transfer 0.19.2 90216 341376 - botocore
  scikit-learn 1.9.1 9315422 31454561 cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64 numpy scipy joblib narwhals threadpoolctl
  scipy 1.17.1 35349300 114305410 cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64 numpy
  six 1.17.0 11050 37975 py2.py3-none-any
  SQLAlchemy 2.1.1 4633286 17857928 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64 typing-extensions
  sqlparse 0.6.0 50070 158343 -
  starlette 1.7.0 78980 269555 - anyio typing-extensions
  threadpoolctl 3.7.0 26362 93757 -
  typing-inspection 0.4.4 14750 54538 - typing-extensions
  typing_extensions 4.16.0 45571 182767 -
  urllib3 2.8.0 135717 450461 -
  uvicorn 0.54.0 87427 294179 - click h11
  Werkzeug 3.1.9 228700 774089 - markupsafe
  yarl 1.25.1 117728 364920 cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64 idna multidict propcache
  kombu 5.5.4 210034 620000 - amqp vine tzdata packaging
  amqp 5.3.1 50944 190000 - vine
  billiard 4.2.1 86766 290000 -
  vine 5.1.0 9636 26000 -
  tzlocal 5.3.1 18026 50000 -
  click-didyoumean 0.3.1 3631 7000 - click
  click-plugins 1.1.1.2 11051 25000 - click
  click-repl 0.3.0 10289 25000 - click prompt-toolkit
  prompt-toolkit 3.0.52 391431 1500000 - wcwidth
  wcwidth 0.2.14 37286 120000 -
  tzdata 2025.2 347839 580000 -
  pip 26.1.2 1790000 9100000 -
  setuptools 82.0.1 1230000 6900000 -
  wheel 0.47.0 72500 190000 -
  poetry 2.3.2 287000 1500000 -
  pipenv 2026.2.1 3000000 9000000 -
  uv 0.9.8 22300000 61000000 -
`;

// Projects whose figures are only about right: versions without a check.
export const typicalProjects: readonly string[] = [
  'kombu',
  'amqp',
  'billiard',
  'vine',
  'tzlocal',
  'click-didyoumean',
  'click-plugins',
  'click-repl',
  'prompt-toolkit',
  'wcwidth',
  'tzdata',
  'pip',
  'setuptools',
  'wheel',
  'poetry',
  'pipenv',
  'uv',
];
