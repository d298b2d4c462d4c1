"""The explorer: pages over the published warehouse, rendered on the server, each figure one click from its source.

Belongs here: what is asked of the marts, how a figure is drawn and put in words, pages. Not here: any rule of the data.
"""
