"""How far the people of a campaign came; of very large campaigns counted by the worker and kept."""
