"""Pages for people: what is in the graph, a search, an editor, and each thing that the graph names.

The pages load nothing from elsewhere and run no script that stands in a page. Without scripts they still show
everything and send the form. What is shown is escaped by the templates.
"""
