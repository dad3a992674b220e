"""`python -m bot.cli` is `nutgraf`."""

from bot.cli.main import main

raise SystemExit(main())
