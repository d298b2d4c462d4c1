import click


@click.command()
def review() -> None:
    """x"""
