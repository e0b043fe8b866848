from baton.config.cli import main

main()
