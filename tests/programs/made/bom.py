text = 'é'
lines = __name__
